<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Rendering">
 <pipe>
  <provider>
   <resampling enabled="true" zoomedInResamplingMethod="bilinear" zoomedOutResamplingMethod="bilinear" maxOversampling="2"/>
  </provider>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" nodataColor="" classificationMin="-100" classificationMax="100">
   <rasterTransparency/>
   <rastershader>
    <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0" minimumValue="-100" maximumValue="100">
      <item value="-100" label="fewer by 100 and more incidents per km² in the period" color="#2166ac" alpha="255"/>
      <item value="-20" label="fewer by 20 to 100" color="#67a9cf" alpha="255"/>
      <item value="-5" label="fewer by 5 to 20" color="#d1e5f0" alpha="255"/>
      <item value="5" label="more or fewer by under 5" color="#f7f7f7" alpha="0"/>
      <item value="20" label="more by 5 to 20" color="#fddbc7" alpha="255"/>
      <item value="100" label="more by 20 to 100" color="#ef8a62" alpha="255"/>
      <item value="inf" label="more by 100 and more incidents per km² in the period" color="#b2182b" alpha="255"/>
    </colorrampshader>
   </rastershader>
  </rasterrenderer>
  <brightnesscontrast brightness="0" contrast="0" gamma="1"/>
  <huesaturation saturation="0" colorizeOn="0" grayscaleMode="0"/>
  <rasterresampler zoomedInResampler="bilinear" maxOversampling="2"/>
  <resamplingStage>provider</resamplingStage>
 </pipe>
 <blendMode>6</blendMode>
</qgis>
