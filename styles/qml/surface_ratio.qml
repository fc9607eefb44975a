<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Rendering">
 <pipe>
  <provider>
   <resampling enabled="true" zoomedInResamplingMethod="bilinear" zoomedOutResamplingMethod="bilinear" maxOversampling="2"/>
  </provider>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" nodataColor="" classificationMin="0.5" classificationMax="2">
   <rasterTransparency/>
   <rastershader>
    <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0" minimumValue="0.5" maximumValue="2">
      <item value="0.5" label="under half as many as before" color="#2166ac" alpha="255"/>
      <item value="0.67" label="half to two thirds" color="#67a9cf" alpha="255"/>
      <item value="0.8" label="two thirds to four fifths" color="#d1e5f0" alpha="255"/>
      <item value="1.25" label="about as many (four fifths to five quarters)" color="#f7f7f7" alpha="255"/>
      <item value="1.5" label="five quarters to one and a half times" color="#fddbc7" alpha="255"/>
      <item value="2" label="one and a half times to twice" color="#ef8a62" alpha="255"/>
      <item value="inf" label="twice as many and more" color="#b2182b" alpha="255"/>
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
