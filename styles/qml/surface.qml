<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Rendering">
 <pipe>
  <provider>
   <resampling enabled="true" zoomedInResamplingMethod="bilinear" zoomedOutResamplingMethod="bilinear" maxOversampling="2"/>
  </provider>
  <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" nodataColor="" classificationMin="0" classificationMax="500">
   <rasterTransparency/>
   <rastershader>
    <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0" minimumValue="0" maximumValue="500">
      <item value="5" label="under 5 incidents per km² in the period" color="#ffffff" alpha="0"/>
      <item value="10" label="5 to 10 incidents per km² in the period" color="#ffffb2" alpha="255"/>
      <item value="20" label="10 to 20 incidents per km² in the period" color="#fed976" alpha="255"/>
      <item value="50" label="20 to 50 incidents per km² in the period" color="#feb24c" alpha="255"/>
      <item value="100" label="50 to 100 incidents per km² in the period" color="#fd8d3c" alpha="255"/>
      <item value="200" label="100 to 200 incidents per km² in the period" color="#fc4e2a" alpha="255"/>
      <item value="500" label="200 to 500 incidents per km² in the period" color="#e31a1c" alpha="255"/>
      <item value="inf" label="500 and more incidents per km² in the period" color="#b10026" alpha="255"/>
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
